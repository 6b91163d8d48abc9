package dev.glimpse.text;

import dev.glimpse.metric.vqa.VqaQuestion;

/**
 * A question about a picture.
 *
 * @param picture id of the picture in the data set
 * @param text the question
 * @param truth what people answered
 */
public record Question(long picture, String text, VqaQuestion truth) {}
