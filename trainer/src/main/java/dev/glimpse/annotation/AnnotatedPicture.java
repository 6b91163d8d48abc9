package dev.glimpse.annotation;

import java.util.List;

/**
 * One picture and what is known to be in it.
 *
 * @param id number of the picture in its file
 * @param file name of its file in the folder of pictures
 * @param width in pixels
 * @param height in pixels
 * @param objects in the order of the annotation file
 */
public record AnnotatedPicture(long id, String file, int width, int height, List<AnnotatedObject> objects) {
    public AnnotatedPicture {
        objects = List.copyOf(objects);
    }
}
