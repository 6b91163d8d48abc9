package dev.glimpse.source;

import dev.glimpse.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens what a person names as a source of frames. */
public final class FrameSources {
    private FrameSources() {}

    /**
     * Opens a source.
     *
     * @param name a folder of pictures, a picture, a video, {@code rtsp://...} or {@code scenes:SEED}
     * @throws UserError when there is no such source
     */
    public static FrameSource open(String name) {
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
}
