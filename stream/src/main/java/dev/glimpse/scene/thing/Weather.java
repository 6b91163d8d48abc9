package dev.glimpse.scene.thing;

/** What the sky does. */
public enum Weather {
    CLEAR,
    CLOUDY,
    RAIN,
    SNOW,
    FOG
}
