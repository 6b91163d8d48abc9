package dev.glimpse.captioner;

import dev.glimpse.box.Box;
import java.util.List;

/**
 * One region of a picture.
 *
 * @param box in pixels of the upright source picture
 * @param tag class name
 * @param attributes attribute names that hold, best first; may be empty
 * @param score class probability in (0, 1]
 */
public record Region(Box box, String tag, List<String> attributes, float score) {
    public Region {
        attributes = List.copyOf(attributes);
    }
}
