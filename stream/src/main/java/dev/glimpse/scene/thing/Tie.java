package dev.glimpse.scene.thing;

/** How one thing is bound to another that bears it. */
public enum Tie {
    NONE,
    /** The host carries it on its back or saddle. */
    RIDING,
    /** It stands, lies or sits on the host. */
    ON,
    /** The host, a person, holds it. */
    HELD,
    /** It sails in the host. */
    ABOARD,
    /** The host, a person, holds its string. */
    STRING
}
