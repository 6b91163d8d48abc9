package dev.glimpse.dataset;

import dev.glimpse.dataset.CocoRecords.Image;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decodes every picture and compares its size with what the annotations say. The trainer stops at one that cannot be decoded or
 * is of another size, such as one that lies on its side by its EXIF while its boxes do not; here such are left out and counted.
 */
final class PictureCheck {
    static final String REASON = "pictures that cannot be decoded, or are of another size than annotated";

    private PictureCheck() {}

    /**
     * Takes the pictures that cannot be used out of a data set.
     *
     * @param root folder that their names are relative to
     * @param images pictures of each split
     * @param splits split of each picture
     */
    static void run(Path root, Map<String, List<Image>> images, Map<Long, String> splits, Tally tally) {
        images.replaceAll((split, all) -> {
            List<Optional<String>> faults = IntStream.range(0, all.size())
                    .parallel()
                    .mapToObj(i -> fault(root, all.get(i)))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                if (faults.get(i).isPresent()) {
                    tally.add(REASON, faults.get(i).get());
                    splits.remove(all.get(i).id());
                }
            }
            return IntStream.range(0, all.size())
                    .filter(i -> faults.get(i).isEmpty())
                    .mapToObj(all::get)
                    .toList();
        });
    }

    private static Optional<String> fault(Path root, Image image) {
        String name = String.valueOf(image.fileName());
        try {
            Picture picture = PictureDecoder.decode(Files.readAllBytes(root.resolve(name)));
            return picture.width() == image.width() && picture.height() == image.height()
                    ? Optional.empty()
                    : Optional.of(String.format(
                            "%s, %d x %d instead of %d x %d",
                            name, picture.width(), picture.height(), image.width(), image.height()));
        } catch (PictureException | IOException e) {
            return Optional.of(name + ", " + e.getMessage());
        }
    }
}
