package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.array.Scalar;
import dev.glimpse.assignment.AnchorSample;
import dev.glimpse.assignment.RegionSample;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.sample.DetectorBatch.Objects;
import dev.glimpse.seed.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One forward pass of the detector in training: a batch in, its losses out. Holds what is the same in every step. */
public final class DetectorStep {
    private static final float ANCHOR_BETA = 1f / 9;
    private static final float REGION_BETA = 1;

    private final DetectorOutline outline;
    private final DetectorTraining settings;

    public DetectorStep(DetectorOutline outline, DetectorTraining settings) {
        this.outline = outline;
        this.settings = settings;
    }

    /**
     * Losses by name, scalars that carry gradient: {@code objectness}, {@code proposal}, {@code class}, {@code region}, and
     * {@code attribute} where the batch has attributes; what is trained is their sum.
     *
     * @param step owns all arrays
     * @param network of this step, in training
     * @param seed where the samples are drawn from
     */
    public Map<String, NDArray> losses(NDManager step, DetectorNetwork network, DetectorBatch batch, Seed seed) {
        NDArray pictures = step.create(
                batch.pixels(), new Shape(batch.size(), 3, outline.pictureHeight(), outline.pictureWidth()));
        List<NDArray> levels = network.levels(pictures);
        ProposalHead.Output proposals = network.proposals(levels);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        anchorLosses(proposals, batch, seed.at("anchors"), losses);
        List<RegionSample> samples = regions(proposals, batch, seed.at("regions"));
        regionLosses(network, levels, samples, batch, losses);
        return losses;
    }

    private void anchorLosses(
            ProposalHead.Output proposals, DetectorBatch batch, Seed seed, Map<String, NDArray> losses) {
        Index chosen = new Index();
        List<Float> targets = new ArrayList<>();
        Index positive = new Index();
        Floats offsets = new Floats();
        float[] anchors = outline.anchors(); // (A, 4)
        int count = anchors.length / 4;
        for (int b = 0; b < batch.size(); b++) {
            Objects objects = batch.objects().get(b);
            AnchorSample sample = AnchorSample.draw(
                    anchors, objects.boxes(), settings.anchors(), seed.at(b).random());
            for (int i = 0; i < sample.positives().length; i++) {
                chosen.add((long) b * count + sample.positives()[i]);
                targets.add(1f);
                positive.add((long) b * count + sample.positives()[i]);
                offsets.add(BoxCoder.ANCHOR, objects.boxes(), sample.objects()[i], anchors, sample.positives()[i]);
            }
            for (int a : sample.negatives()) {
                chosen.add((long) b * count + a);
                targets.add(0f);
            }
        }
        NDArray logits = proposals.objectness().reshape(-1);
        NDManager step = logits.getManager();
        losses.put("objectness", DetectorLoss.objectness(logits.get(chosen.array(step)), step.create(floats(targets))));
        if (positive.size() > 0) {
            NDArray deltas = proposals.deltas().reshape(-1, 4).get(positive.array(step));
            losses.put(
                    "proposal",
                    Scalar.times(DetectorLoss.smoothL1(deltas, offsets.array(step), ANCHOR_BETA), 1.0 / chosen.size()));
        }
    }

    /** Proposals of the network as it is, and the objects' own boxes, sampled for the box head. */
    private List<RegionSample> regions(ProposalHead.Output proposals, DetectorBatch batch, Seed seed) {
        float[] objectness = proposals.objectness().toFloatArray();
        float[] deltas = proposals.deltas().toFloatArray();
        List<RegionSample> samples = new ArrayList<>();
        for (int b = 0; b < batch.size(); b++) {
            Objects objects = batch.objects().get(b);
            float[] found =
                    Proposals.of(b, objectness, deltas, objects.contentWidth(), objects.contentHeight(), outline);
            Random random = seed.at(b).random();
            samples.add(RegionSample.draw(found, objects.boxes(), settings.regions(), settings.foreground(), random));
        }
        return samples;
    }

    private void regionLosses(
            DetectorNetwork network,
            List<NDArray> levels,
            List<RegionSample> samples,
            DetectorBatch batch,
            Map<String, NDArray> losses) {
        Rois rois = rois(samples);
        NDManager step = levels.get(0).getManager();
        BoxHead.Output heads = network.regions(levels, rois);
        Index classes = new Index();
        Index foreground = new Index();
        Floats offsets = new Floats();
        int row = 0;
        for (int b = 0; b < samples.size(); b++) {
            RegionSample sample = samples.get(b);
            Objects objects = batch.objects().get(b);
            for (int i = 0; i < sample.count(); i++, row++) {
                int object = sample.objects()[i];
                classes.add(object < 0 ? 0 : objects.labels()[object] + 1);
                if (object >= 0) {
                    foreground.add(row);
                    offsets.add(BoxCoder.REGION, objects.boxes(), object, sample.boxes(), i);
                }
            }
        }
        losses.put(
                "class",
                DetectorLoss.classes(heads.classes(), classes.array(step).reshape(-1, 1)));
        if (foreground.size() > 0) {
            NDArray deltas = heads.deltas().get(foreground.array(step));
            losses.put(
                    "region",
                    Scalar.times(DetectorLoss.smoothL1(deltas, offsets.array(step), REGION_BETA), 1.0 / rois.count()));
        }
        if (outline.attributes() > 0) {
            attributeLoss(network, heads.features(), samples, batch, losses);
        }
    }

    /** Several attributes of an object share the probability equally; objects without any are left out. */
    private void attributeLoss(
            DetectorNetwork network,
            NDArray features,
            List<RegionSample> samples,
            DetectorBatch batch,
            Map<String, NDArray> losses) {
        Index rows = new Index();
        List<Integer> classes = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        int row = 0;
        for (int b = 0; b < samples.size(); b++) {
            Objects objects = batch.objects().get(b);
            for (int object : samples.get(b).objects()) {
                if (object >= 0 && !objects.attributes().get(object).isEmpty()) {
                    rows.add(row);
                    classes.add(objects.labels()[object] + 1);
                    targets.add(distribution(objects.attributes().get(object)));
                }
                row++;
            }
        }
        if (rows.size() == 0) {
            return;
        }
        NDManager step = features.getManager();
        int[] classArray = classes.stream().mapToInt(Integer::intValue).toArray();
        NDArray logits = network.attributes(features.get(rows.array(step)), classArray);
        NDArray loss = DetectorLoss.soft(logits, step.create(targets.toArray(new float[0][])));
        losses.put("attribute", Scalar.times(loss, settings.attributeWeight()));
    }

    private float[] distribution(List<Integer> attributes) {
        float[] target = new float[outline.attributes()];
        for (int a : attributes) {
            target[a] += 1f / attributes.size();
        }
        return target;
    }

    private static Rois rois(List<RegionSample> samples) {
        int count = samples.stream().mapToInt(RegionSample::count).sum();
        float[] boxes = new float[4 * count];
        int[] pictures = new int[count];
        int row = 0;
        for (int b = 0; b < samples.size(); b++) {
            RegionSample sample = samples.get(b);
            System.arraycopy(sample.boxes(), 0, boxes, 4 * row, sample.boxes().length);
            java.util.Arrays.fill(pictures, row, row + sample.count(), b);
            row += sample.count();
        }
        return new Rois(boxes, pictures);
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /** Rows chosen from an array. */
    private static final class Index {
        private final List<Long> values = new ArrayList<>();

        void add(long value) {
            values.add(value);
        }

        int size() {
            return values.size();
        }

        NDArray array(NDManager step) {
            return step.create(values.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** Offsets (N, 4) that grow row by row. */
    private static final class Floats {
        private final List<float[]> rows = new ArrayList<>();

        void add(BoxCoder coder, float[] boxes, int box, float[] references, int reference) {
            float[] row = new float[4];
            coder.encode(boxes, box, references, reference, row, 0);
            rows.add(row);
        }

        NDArray array(NDManager step) {
            return step.create(rows.toArray(new float[0][]));
        }
    }
}
