package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import java.util.List;

/**
 * The content of {@code labels.json}: what the detector's numbers mean.
 *
 * @param classes names of the object classes, without background; class i of the detector is {@code classes.get(i)}
 * @param attributes names of the attributes, in the order of the detector's attribute columns
 */
public record Labels(List<String> classes, List<String> attributes) {
    public Labels {
        classes = List.copyOf(classes);
        attributes = List.copyOf(attributes);
        require(!classes.isEmpty(), "labels need at least one class, found none");
    }
}
