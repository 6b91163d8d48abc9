package dev.glimpse.source;

import dev.glimpse.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens what a person names as a source of frames. */
public final class FrameSources {
    private static final String SCENES = "scenes:";

    private FrameSources() {}

    /**
     * Opens a source.
     *
     * @param name a folder of pictures, a picture, a video, {@code rtsp://...} or {@code scenes:SEED}
     * @param rate pictures per second, positive; only scenes, which have no rate of their own, need to know
     * @throws UserError when there is no such source
     */
    public static FrameSource open(String name, double rate) {
        if (name.startsWith(SCENES)) {
            return new Scenes(seed(name.substring(SCENES.length())), rate);
        }
        if (name.startsWith("rtsp://") || name.startsWith("rtsps://")) {
            return Video.camera(name);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return PictureFiles.ofFolder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new UserError("a folder, picture, video, rtsp:// address or scenes:SEED is expected as source, found "
                    + "nothing at '" + name + "'");
        }
        return PictureFiles.isPicture(path) ? new PictureFiles(List.of(path)) : Video.file(path);
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UserError("a whole number is expected after scenes:, found '" + text + "'; try scenes:1", e);
        }
    }
}
