package dev.glimpse.scene.caption;

/** How one thing stands to another; read "subject link object". */
public enum Link {
    RIDING,
    HOLDING,
    FLYING,
    ON,
    ABOARD,
    OVER,
    BEHIND,
    LEFT,
    RIGHT
}
