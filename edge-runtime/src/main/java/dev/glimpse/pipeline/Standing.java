package dev.glimpse.pipeline;

import java.time.Instant;

/**
 * A question that is asked of every frame of a camera.
 *
 * @param id its name, unique within the camera
 * @param asked when somebody asked for it
 * @param first true on the first frame of which this process asks it: from here on it is in force
 */
public record Standing(String camera, String id, String text, Instant asked, boolean first) {
    /** Its name among all: {@code camera/id}. */
    public String key() {
        return camera + "/" + id;
    }
}
