package dev.glimpse.batch;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.token.TagTable;
import java.util.Arrays;
import java.util.List;

/** The pictures of one split as the fusion transformer sees them: regions, and their classes as tag tokens. */
public final class Pictures {
    private final FeatureStore store;
    private final int regions;
    private final int[][] tags; // (N, L)

    /**
     * Tokenizes the tags of all pictures.
     *
     * @param regions regions R that are used of each picture, the first ones
     * @param length tag tokens L
     */
    public Pictures(FeatureStore store, TagTable table, int regions, int length) {
        require(
                regions <= store.header().regions(),
                "fusion.layout.regions is %d, but the detector gives %d regions",
                regions,
                store.header().regions());
        this.store = store;
        this.regions = regions;
        this.tags = new int[store.size()][];
        for (int i = 0; i < tags.length; i++) {
            // without the features: at full size they are tens of gigabytes
            tags[i] = table.tokens(
                    Arrays.copyOf(store.classes(i), regions), Arrays.copyOf(store.scores(i), regions), length);
        }
    }

    public int size() {
        return tags.length;
    }

    /** Number of a picture, by its id in the data set. */
    public int index(long id) {
        return store.index(id);
    }

    /** Tag tokens (L) of a picture; not to be changed. */
    public int[] tags(int picture) {
        return tags[picture];
    }

    /** The first R regions of a picture. */
    public RegionRow regions(int picture) {
        RegionRow row = store.regions(picture);
        int feature = store.header().feature();
        return row.scores().length == regions
                ? row
                : new RegionRow(
                        Arrays.copyOf(row.boxes(), 4 * regions),
                        Arrays.copyOf(row.scores(), regions),
                        Arrays.copyOf(row.classes(), regions),
                        Arrays.copyOf(row.features(), regions * feature));
    }

    /** Regions of several pictures. */
    public List<RegionRow> regions(int[] pictures) {
        return Arrays.stream(pictures).mapToObj(this::regions).toList();
    }
}
