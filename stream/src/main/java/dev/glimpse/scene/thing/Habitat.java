package dev.glimpse.scene.thing;

/** Where in a scene a kind of thing is found. */
public enum Habitat {
    GROUND,
    WATER,
    SKY
}
