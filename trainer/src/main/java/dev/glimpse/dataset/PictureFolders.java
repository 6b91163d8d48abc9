package dev.glimpse.dataset;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where each picture of a data set lies: number of the picture to its path from the folder's parent, such as {@code
 * train2017/000000000009.jpg}. The number is the last one in a file's name, as in COCO 2014, COCO 2017 and Visual Genome.
 */
final class PictureFolders {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\.(jpg|jpeg|png)$", Pattern.CASE_INSENSITIVE);

    private final List<Path> folders = new ArrayList<>();
    private final Map<Long, String> files = new HashMap<>();

    /**
     * Lists the folders that are there; a number in several of them is the first folder's.
     *
     * @throws UserError when none is there
     */
    PictureFolders(Path root, List<String> names) {
        for (String name : names) {
            Path folder = root.resolve(name);
            if (Files.isDirectory(folder)) {
                folders.add(folder);
                list(folder);
            }
        }
        UserError.require(!folders.isEmpty(), "%s: expected folders of pictures, one of %s; found none", root, names);
    }

    private void list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            paths.forEach(path -> {
                Matcher number = NUMBER.matcher(path.getFileName().toString());
                if (number.find()) {
                    files.putIfAbsent(Long.parseLong(number.group(1)), folder.getFileName() + "/" + path.getFileName());
                }
            });
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    List<Path> folders() {
        return folders;
    }

    Optional<String> file(long id) {
        return Optional.ofNullable(files.get(id));
    }
}
