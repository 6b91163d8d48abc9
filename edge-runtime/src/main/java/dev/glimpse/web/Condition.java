package dev.glimpse.web;

import java.util.List;

/** Whether something is as it should be: nothing is wrong, or what is. */
public record Condition(List<String> wrong) {
    public Condition {
        wrong = List.copyOf(wrong);
    }

    boolean good() {
        return wrong.isEmpty();
    }
}
