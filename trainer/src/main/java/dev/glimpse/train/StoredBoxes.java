package dev.glimpse.train;

import dev.glimpse.annotation.AnnotatedObject;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.metric.box.BoxTruth;
import dev.glimpse.metric.box.CocoPrecision;
import dev.glimpse.metric.box.FoundBox;
import dev.glimpse.metric.box.Rectangle;
import dev.glimpse.metric.box.TrueBox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good the boxes in a feature store are: those that the fusion transformer works on. */
final class StoredBoxes {
    private StoredBoxes() {}

    /** COCO figures such as {@code AP} and {@code AP50}, in [0, 1]. */
    static Map<String, Double> score(Instances instances, FeatureStore store) {
        List<String> pictures = new ArrayList<>();
        List<TrueBox> truth = new ArrayList<>();
        List<FoundBox> found = new ArrayList<>();
        for (AnnotatedPicture picture : instances.pictures()) {
            pictures.add(Long.toString(picture.id()));
            picture.objects().forEach(o -> truth.add(truth(picture, o)));
            found(picture, store.regions(store.index(picture.id())), found);
        }
        Map<String, String> categories = new LinkedHashMap<>();
        List<String> classes = instances.labels().classes();
        for (int c = 0; c < classes.size(); c++) {
            categories.put(Integer.toString(c), classes.get(c));
        }
        return CocoPrecision.score(new BoxTruth(pictures, categories, truth), found)
                .figures();
    }

    private static TrueBox truth(AnnotatedPicture picture, AnnotatedObject object) {
        Rectangle box = new Rectangle(
                object.box().x1(),
                object.box().y1(),
                object.box().width(),
                object.box().height());
        String category = Integer.toString(object.label());
        return new TrueBox(object.id(), Long.toString(picture.id()), category, box, box.width() * box.height(), false);
    }

    private static void found(AnnotatedPicture picture, RegionRow row, List<FoundBox> found) {
        for (int r = 0; r < row.scores().length && row.scores()[r] > 0; r++) {
            double x = row.boxes()[4 * r] * picture.width();
            double y = row.boxes()[4 * r + 1] * picture.height();
            double width = row.boxes()[4 * r + 2] * picture.width() - x;
            double height = row.boxes()[4 * r + 3] * picture.height() - y;
            found.add(new FoundBox(
                    Long.toString(picture.id()),
                    Integer.toString(row.classes()[r]),
                    new Rectangle(x, y, width, height),
                    row.scores()[r]));
        }
    }
}
