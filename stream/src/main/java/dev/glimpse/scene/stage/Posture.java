package dev.glimpse.scene.stage;

/** What limbs do. */
public enum Posture {
    STANDING,
    WALKING,
    SITTING,
    HOLDING
}
