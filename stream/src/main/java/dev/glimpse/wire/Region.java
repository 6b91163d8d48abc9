package dev.glimpse.wire;

import dev.glimpse.box.Box;
import java.util.List;

/**
 * A region of a picture.
 *
 * @param box in pixels of the upright picture; on the wire [x1, y1, x2, y2]
 * @param tag class name
 * @param attributes attribute names that hold, best first; may be empty
 * @param score class probability in (0, 1]
 */
public record Region(Box box, String tag, List<String> attributes, float score) {
    public Region {
        attributes = List.copyOf(attributes);
    }
}
