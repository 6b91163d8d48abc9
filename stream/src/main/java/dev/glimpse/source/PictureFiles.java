package dev.glimpse.source;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Picture files, their bytes untouched: a damaged file is sent as it is, for the runtime to reject. */
final class PictureFiles implements FrameSource {
    private final Iterator<Path> files;

    PictureFiles(List<Path> files) {
        this.files = files.iterator();
    }

    /** The JPEG and PNG files of a folder, in order of their names; not of folders in it. */
    static PictureFiles ofFolder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> pictures =
                    entries.filter(PictureFiles::isPicture).sorted().toList();
            require(
                    !pictures.isEmpty(),
                    "a folder with .jpg, .jpeg or .png files is expected, found none in %s; name another folder",
                    folder);
            return new PictureFiles(pictures);
        } catch (IOException e) {
            throw new UserError("folder " + folder + " cannot be read: " + e.getMessage() + "; check its rights", e);
        }
    }

    /** Whether the name is that of a picture. */
    static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    @Override
    public Optional<SourcePicture> next() {
        return files.hasNext() ? Optional.of(read(files.next())) : Optional.empty();
    }

    private static SourcePicture read(Path file) {
        boolean png = file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        try {
            return new SourcePicture(Files.readAllBytes(file), png ? "image/png" : "image/jpeg");
        } catch (IOException e) {
            throw new UserError("picture " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public double rate() {
        return 0;
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public void close() {}
}
