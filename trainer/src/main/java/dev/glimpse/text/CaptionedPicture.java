package dev.glimpse.text;

import java.util.List;

/**
 * A picture and what people wrote under it.
 *
 * @param id its id in the data set
 * @param fileName its file in the split's folder
 * @param captions at least one
 */
public record CaptionedPicture(long id, String fileName, List<String> captions) {
    public CaptionedPicture {
        captions = List.copyOf(captions);
    }
}
