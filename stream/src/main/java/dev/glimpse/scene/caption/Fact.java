package dev.glimpse.scene.caption;

import dev.glimpse.scene.view.Seen;

/** That one thing stands so to another, both seen. */
public record Fact(Seen subject, Link link, Seen object) {
    public boolean concerns(Seen thing) {
        return subject == thing || object == thing;
    }

    /** The one of the two that is not this thing. */
    public Seen other(Seen thing) {
        return subject == thing ? object : subject;
    }
}
