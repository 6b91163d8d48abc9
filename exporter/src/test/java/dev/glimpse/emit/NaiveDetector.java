package dev.glimpse.emit;

import dev.glimpse.size.DetectorSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The student's detector as docs/networks.md describes it, for one picture. */
record NaiveDetector(ParameterSource p, DetectorSize size) {
    /** One region; the box is in pixels. */
    @SuppressWarnings("ArrayRecordComponent")
    record Region(double[] box, double score, int label, double[] feature, double[] attributes) {}

    List<Region> detect(byte[] rgb, double width, double height) {
        List<Naive.Map3> levels = pyramid(plain(picture(rgb)));
        double[] content = {width, height};
        List<double[]> proposals = proposals(levels, content);
        List<Region> candidates = new ArrayList<>();
        for (double[] proposal : proposals) {
            Region region = region(levels, proposal, content);
            if (region.score >= size.scoreThreshold()) {
                candidates.add(region);
            }
        }
        candidates.sort(Comparator.comparingDouble(r -> -r.score));
        return Naive.suppress(candidates.stream().map(Region::box).toList(), .5).stream()
                .limit(size.regions())
                .map(candidates::get)
                .toList();
    }

    private Naive.Map3 picture(byte[] rgb) {
        double[] mean = {.485, .456, .406};
        double[] deviation = {.229, .224, .225};
        return Naive.Map3.make(3, size.pictureHeight(), size.pictureWidth(), (c, y, x) -> {
            int value = rgb[3 * (y * size.pictureWidth() + x) + c] & 0xff;
            return (value / 255.0 - mean[c]) / deviation[c];
        });
    }

    private List<Naive.Map3> plain(Naive.Map3 picture) {
        Naive.Map3 x = relu(normed(
                picture,
                "backbone.stem.conv",
                "backbone.stem.norm",
                size.backbone().stem(),
                2));
        List<Naive.Map3> maps = new ArrayList<>();
        for (int s = 1; s <= 4; s++) {
            String stage = "backbone.stage" + s;
            int width = size.backbone().widths().get(s - 1);
            x = relu(normed(x, stage + ".down.conv", stage + ".down.norm", width, 2));
            for (int b = 1; b <= size.backbone().blocks().get(s - 1); b++) {
                String block = stage + ".block" + b;
                Naive.Map3 y = relu(normed(x, block + ".conv1", block + ".norm1", width, 1));
                x = relu(sum(new double[] {1, 1}, x, normed(y, block + ".conv2", block + ".norm2", width, 1)));
            }
            maps.add(x);
        }
        return maps;
    }

    private Naive.Map3 normed(Naive.Map3 x, String conv, String norm, int out, int stride) {
        float[] weight = p.get(conv + ".weight", out, x.channels(), 3, 3);
        return Naive.batchNorm(Naive.convolution(x, weight, out, 3, stride, 1), p, norm);
    }

    private static Naive.Map3 relu(Naive.Map3 x) {
        return x.map(v -> Math.max(0, v));
    }

    static Naive.Map3 sum(double[] weights, Naive.Map3... maps) {
        return Naive.Map3.make(maps[0].channels(), maps[0].height(), maps[0].width(), (c, y, x) -> {
            double sum = 0;
            for (int i = 0; i < maps.length; i++) {
                sum += weights[i] * maps[i].at(c, y, x);
            }
            return sum;
        });
    }

    private List<Naive.Map3> pyramid(List<Naive.Map3> maps) {
        List<Naive.Map3> levels = new ArrayList<>();
        for (int l = 0; l < 4; l++) {
            String name = "pyramid.lateral" + l;
            Naive.Map3 map = maps.get(l);
            float[] weight = p.get(name + ".conv.weight", size.pyramidChannels(), map.channels(), 1, 1);
            levels.add(Naive.batchNorm(
                    Naive.convolution(map, weight, size.pyramidChannels(), 1, 1, 1), p, name + ".norm"));
        }
        for (int c = 1; c <= size.pyramidCells(); c++) {
            String cell = "pyramid.cell" + c;
            Naive.Map3 t2 = node(cell + ".top2", levels.get(2), Naive.twice(levels.get(3)));
            Naive.Map3 t1 = node(cell + ".top1", levels.get(1), Naive.twice(t2));
            Naive.Map3 o0 = node(cell + ".out0", levels.get(0), Naive.twice(t1));
            Naive.Map3 o1 = node(cell + ".out1", levels.get(1), t1, Naive.halve(o0));
            Naive.Map3 o2 = node(cell + ".out2", levels.get(2), t2, Naive.halve(o1));
            Naive.Map3 o3 = node(cell + ".out3", levels.get(3), Naive.halve(o2));
            levels = List.of(o0, o1, o2, o3);
        }
        return levels;
    }

    Naive.Map3 node(String name, Naive.Map3... inputs) {
        float[] fusion = p.get(name + ".fusion", inputs.length);
        double total = 1e-4;
        double[] weights = new double[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            weights[i] = Math.max(0, fusion[i]);
            total += weights[i];
        }
        double norm = total;
        double[] shares = Arrays.stream(weights).map(w -> w / norm).toArray();
        int channels = inputs[0].channels();
        Naive.Map3 x = sum(shares, inputs).map(Naive::swish);
        x = Naive.convolution(x, p.get(name + ".depthwise.weight", channels, 1, 3, 3), channels, 3, 1, channels);
        x = Naive.convolution(x, p.get(name + ".pointwise.weight", channels, channels, 1, 1), channels, 1, 1, 1);
        return Naive.batchNorm(x, p, name + ".norm");
    }

    private record Candidate(double objectness, double[] box) {}

    private List<double[]> proposals(List<Naive.Map3> levels, double[] content) {
        List<Candidate> all = new ArrayList<>();
        for (int l = 0; l < 4; l++) {
            int stride = 4 << l;
            Naive.Map3 level = levels.get(l);
            Naive.Map3 objectness = biased(level, "rpn.objectness", 3);
            Naive.Map3 deltas = biased(level, "rpn.deltas", 12);
            for (int i = 0; i < level.height(); i++) {
                for (int j = 0; j < level.width(); j++) {
                    for (int a = 0; a < 3; a++) {
                        double ratio = new double[] {.5, 1, 2}[a];
                        double side = size.anchorScale() * stride;
                        double[] anchor = {
                            (j + .5) * stride, (i + .5) * stride, side / Math.sqrt(ratio), side * Math.sqrt(ratio)
                        };
                        double[] d = new double[4];
                        for (int k = 0; k < 4; k++) {
                            d[k] = deltas.at(4 * a + k, i, j);
                        }
                        all.add(new Candidate(objectness.at(a, i, j), decode(anchor, d, content)));
                    }
                }
            }
        }
        List<double[]> best = all.stream()
                .sorted(Comparator.comparingDouble(c -> -c.objectness))
                .limit(size.preNms())
                .map(Candidate::box)
                .toList();
        return Naive.suppress(best, .7).stream()
                .limit(size.proposals())
                .map(best::get)
                .toList();
    }

    private Naive.Map3 biased(Naive.Map3 x, String name, int out) {
        float[] bias = p.get(name + ".bias", out);
        Naive.Map3 y = Naive.convolution(x, p.get(name + ".weight", out, x.channels(), 1, 1), out, 1, 1, 1);
        return Naive.Map3.make(out, y.height(), y.width(), (c, i, j) -> y.at(c, i, j) + bias[c]);
    }

    /** anchor: centre x, centre y, width, height. */
    static double[] decode(double[] anchor, double[] d, double[] content) {
        double cx = anchor[0] + d[0] * anchor[2];
        double cy = anchor[1] + d[1] * anchor[3];
        double w = anchor[2] * Math.exp(Math.min(d[2], Math.log(1000.0 / 16)));
        double h = anchor[3] * Math.exp(Math.min(d[3], Math.log(1000.0 / 16)));
        return new double[] {
            clip(cx - w / 2, content[0]),
            clip(cy - h / 2, content[1]),
            clip(cx + w / 2, content[0]),
            clip(cy + h / 2, content[1])
        };
    }

    private static double clip(double value, double limit) {
        return Math.min(Math.max(value, 0), limit);
    }

    static int level(double[] box, double canonicalSide) {
        double side = Math.sqrt((box[2] - box[0]) * (box[3] - box[1]));
        double level = Math.floor(2 + Math.log(side / canonicalSide + 1e-8) / Math.log(2));
        return (int) Math.min(Math.max(level, 0), 3);
    }

    private Region region(List<Naive.Map3> levels, double[] proposal, double[] content) {
        int level = level(proposal, size.canonicalSide());
        double[] crop = Naive.roiAlign(levels.get(level), proposal, size.roi(), 4 << level);
        double[] hidden = Naive.relu(Naive.linear(crop, p, "head.fc1", size.feature()));
        double[] feature = Naive.relu(Naive.linear(hidden, p, "head.fc2", size.feature()));
        double[] probabilities = Naive.softmax(Naive.linear(feature, p, "head.class", size.classes() + 1));
        int label = IntStream.rangeClosed(1, size.classes())
                .boxed()
                .max(Comparator.comparingDouble(i -> probabilities[i]))
                .orElseThrow();
        double[] d = Naive.linear(feature, p, "head.deltas", 4);
        double w = proposal[2] - proposal[0];
        double h = proposal[3] - proposal[1];
        double[] anchor = {proposal[0] + w / 2, proposal[1] + h / 2, w, h};
        double[] box = decode(anchor, new double[] {d[0] / 10, d[1] / 10, d[2] / 5, d[3] / 5}, content);
        return new Region(box, probabilities[label], label - 1, feature, attributes(label, feature));
    }

    private double[] attributes(int label, double[] feature) {
        int width = size.attributeEmbedding();
        float[] table = p.get("attribute.embedding.weight", size.classes() + 1, width);
        double[] input = new double[width + feature.length];
        for (int i = 0; i < width; i++) {
            input[i] = table[label * width + i];
        }
        System.arraycopy(feature, 0, input, width, feature.length);
        double[] hidden = Naive.relu(Naive.linear(input, p, "attribute.hidden", size.attributeHidden()));
        return Naive.softmax(Naive.linear(hidden, p, "attribute.output", size.attributes()));
    }
}
