package dev.glimpse.annotation;

import dev.glimpse.box.Box;
import java.util.List;

/**
 * One annotated object.
 *
 * @param id number of the annotation
 * @param label index into the labels' classes
 * @param box in pixels of the picture, inside it, of positive area
 * @param attributes indices into the labels' attributes; empty where none are known
 */
public record AnnotatedObject(long id, int label, Box box, List<Integer> attributes) {
    public AnnotatedObject {
        attributes = List.copyOf(attributes);
    }
}
