package dev.glimpse.scene.thing;

/** Time of day. */
public enum Light {
    DAY,
    DUSK,
    NIGHT
}
