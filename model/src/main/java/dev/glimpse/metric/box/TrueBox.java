package dev.glimpse.metric.box;

/**
 * One annotated object.
 *
 * @param id number of the annotation
 * @param picture the picture's id
 * @param category the category's id
 * @param rectangle where it is, in pixels
 * @param area in square pixels; of the object's outline where that is known, so it may be smaller than the box
 * @param crowd true for a group that is not told apart: finding it is neither right nor wrong
 */
public record TrueBox(long id, String picture, String category, Rectangle rectangle, double area, boolean crowd) {}
