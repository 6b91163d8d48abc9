package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The regions of one picture, as OSCAR's and VinVL's files tell them.
 *
 * @param picture its number
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param objects class, score and box, in pixels, of every region, in the order of the features
 */
record TsvRegions(long picture, int width, int height, List<Found> objects) {
    /** Columns of geometry that OSCAR appends to its features. */
    private static final int GEOMETRY = 6;
    /** Geometry and box may differ by this share of a side: boxes are written with few digits, and one pixel is in doubt. */
    private static final double TOLERANCE = 0.02;

    /**
     * One region.
     *
     * @param box left, top, right, bottom in pixels
     * @param feature base64 of its feature, where it stands with the region; else empty
     */
    record Found(String name, float score, List<Double> box, String feature) {}

    /**
     * Reads a row of labels: {@code KEY TAB [{"class", "conf", "rect"}, ...]}, or {@code KEY TAB {"image_w", "image_h",
     * "objects": [...]}} as VinVL's {@code predictions.tsv}.
     *
     * @param size width and height where the row has none; 0, 0 when nothing tells them
     */
    static TsvRegions parse(String where, String[] row, int[] size) {
        require(row.length == 2, "%s: expected key and labels, 2 fields, found %d", where, row.length);
        JsonNode json = json(where, row[1]);
        JsonNode list = json.isArray() ? json : json.path("objects");
        require(list.isArray(), "%s: expected a list of regions, or an object with a list 'objects'", where);
        int width = json.path("image_w").asInt(size[0]);
        int height = json.path("image_h").asInt(size[1]);
        require(
                width > 0 && height > 0,
                "%s: nothing says how large the picture is; give the file of sizes (.hw.tsv) with --sizes",
                where);
        List<Found> objects = new ArrayList<>();
        for (JsonNode region : list) {
            objects.add(found(where, objects.size(), region));
        }
        return new TsvRegions(key(where, row[0]), width, height, objects);
    }

    /** Number of a picture: the digits that a key ends in, such as those of {@code COCO_val2014_000000391895}. */
    static long key(String where, String key) {
        String digits = key.strip().replaceFirst("\\.(jpg|jpeg|png)$", "").replaceFirst("^.*?(\\d*)$", "$1");
        require(
                !digits.isEmpty() && digits.length() <= 18,
                "%s: expected a key that ends in the picture's number, found '%s'",
                where,
                key);
        return Long.parseLong(digits);
    }

    static JsonNode json(String where, String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UserError(where + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Found found(String where, int index, JsonNode region) {
        List<Double> box = new ArrayList<>();
        region.path("rect").forEach(side -> box.add(side.asDouble(Double.NaN)));
        double score = region.path("conf").asDouble(Double.NaN);
        require(
                region.path("class").isTextual()
                        && box.size() == 4
                        && box.stream().allMatch(Double::isFinite)
                        && score > 0
                        && score <= 1,
                "%s: region %d: expected class, conf in (0, 1] and rect of 4 numbers, found %.120s",
                where,
                index,
                region.toString());
        return new Found(
                region.path("class").asText(),
                (float) score,
                box,
                region.path("feature").asText(""));
    }

    /**
     * Features of all regions, one after another, as they stand in a row of a features file: {@code KEY TAB {"num_boxes",
     * "features"}} as OSCAR's, or {@code KEY TAB num_boxes TAB features} as VinVL's; base64 of little-endian float32.
     */
    float[] features(String where, String[] row) {
        require(
                key(where, row[0]) == picture,
                "%s: expected the features of picture %d, as in the labels, found '%s'; both files must be of one data set",
                where,
                picture,
                row[0]);
        require(row.length == 2 || row.length == 3, "%s: expected 2 or 3 fields, found %d", where, row.length);
        JsonNode json = row.length == 2 ? json(where, row[1]) : Json.mapper().createObjectNode();
        String boxes = row.length == 2 ? json.path("num_boxes").asText() : row[1].strip();
        require(
                boxes.equals(Integer.toString(objects.size())),
                "%s: expected features of %d regions, as in the labels, found %s",
                where,
                objects.size(),
                boxes);
        return floats(where, row.length == 2 ? json.path("features").asText() : row[2]);
    }

    /** Features that stand with the regions themselves, as in VinVL's own {@code predictions.tsv}. */
    float[] features(String where) {
        List<float[]> all = new ArrayList<>();
        for (Found found : objects) {
            require(
                    !found.feature.isEmpty(),
                    "%s: the regions hold no features; name the file that does with --features",
                    where);
            all.add(floats(where, found.feature));
        }
        int length = all.isEmpty() ? 0 : all.get(0).length;
        ByteBuffer whole = ByteBuffer.allocate(all.size() * length * Float.BYTES);
        for (float[] one : all) {
            require(one.length == length, "%s: one feature has %d numbers, another %d", where, length, one.length);
            whole.asFloatBuffer().put(one);
            whole.position(whole.position() + length * Float.BYTES);
        }
        float[] joined = new float[all.size() * length];
        whole.flip().asFloatBuffer().get(joined);
        return joined;
    }

    private static float[] floats(String where, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UserError(where + ": features are not base64: " + e.getMessage(), e);
        }
        require(bytes.length % Float.BYTES == 0, "%s: %d bytes of features are not whole float32", where, bytes.length);
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        for (float value : floats) {
            require(Float.isFinite(value), "%s: a feature holds %s", where, value);
        }
        return floats;
    }

    /** Length of one region's feature without geometry: a length that is 6 more than a multiple of 64 ends in geometry. */
    int length(String where, float[] features) {
        int columns = objects.isEmpty() ? 0 : features.length / objects.size();
        require(
                columns > GEOMETRY && columns * objects.size() == features.length,
                "%s: %d numbers are no features of %d regions",
                where,
                features.length,
                objects.size());
        return columns % 64 == GEOMETRY ? columns - GEOMETRY : columns;
    }

    /**
     * The regions of highest score, by falling score, padded to {@code regions} rows. What of a box lies beyond the picture is
     * cut off; a region that lies beyond it altogether is left out. Both are counted.
     *
     * @param features of all regions, as {@link #features} gives them
     * @param label number of a class
     */
    RegionRow row(String where, float[] features, int length, int regions, ToIntFunction<String> label, Tally tally) {
        int columns = objects.isEmpty() ? length : features.length / objects.size();
        int[] order = IntStream.range(0, objects.size())
                .boxed()
                .filter(i -> liesInside(i, tally))
                .sorted(Comparator.comparing(i -> -objects.get(i).score()))
                .mapToInt(i -> i)
                .limit(regions)
                .toArray();
        float[] boxes = new float[4 * regions];
        float[] scores = new float[regions];
        int[] classes = new int[regions];
        float[] kept = new float[regions * length];
        for (int r = 0; r < order.length; r++) {
            Found found = objects.get(order[r]);
            if (reachesOut(found)) {
                tally.add("parts of regions beyond the edge of their picture", "image " + picture);
            }
            for (int side = 0; side < 4; side++) {
                double whole = side % 2 == 0 ? width : height;
                boxes[4 * r + side] =
                        (float) Math.min(1, Math.max(0, found.box().get(side) / whole));
            }
            scores[r] = found.score();
            classes[r] = label.applyAsInt(found.name());
            System.arraycopy(features, order[r] * columns, kept, r * length, length);
            if (columns > length) {
                agree(where, order[r], features, order[r] * columns + length, boxes, 4 * r);
            }
        }
        return new RegionRow(boxes, scores, classes, kept);
    }

    private boolean liesInside(int region, Tally tally) {
        List<Double> box = objects.get(region).box();
        boolean inside = box.get(0) < width && box.get(1) < height && box.get(2) > 0 && box.get(3) > 0;
        if (!inside) {
            tally.add("regions outside their picture", "region " + region + " of image " + picture);
        }
        return inside;
    }

    /** By more than a pixel, which is in doubt. */
    private boolean reachesOut(Found found) {
        List<Double> box = found.box();
        return box.get(0) < -1 || box.get(1) < -1 || box.get(2) > width + 1 || box.get(3) > height + 1;
    }

    /** The first four columns of geometry are the box: features and labels of different regions are noticed by it. */
    private static void agree(String where, int region, float[] features, int from, float[] boxes, int at) {
        for (int side = 0; side < 4; side++) {
            require(
                    Math.abs(features[from + side] - boxes[at + side]) < TOLERANCE,
                    "%s: region %d lies at %s of the picture by its features, at %s by its label; the files do not belong together",
                    where,
                    region,
                    features[from + side],
                    boxes[at + side]);
        }
    }
}
