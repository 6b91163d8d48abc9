package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.Pictures;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.distillation.Alignment;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A trained teacher that teaches: always in evaluation mode, never with a gradient. It looks at the training pictures with its
 * own features, on the student's boxes, which is checked picture by picture.
 *
 * <p>Used by one thread; {@link #close} frees its weights.
 */
final class Teacher implements AutoCloseable {
    private final FusionSize size;
    private final TeacherConfig config;
    private final FusionContext context;
    private final Pictures pictures;
    private final FeatureStore student;
    private final Map<Device, Parameters> parameters = new LinkedHashMap<>();

    /**
     * Reads a teacher.
     *
     * @param manager long-lived
     * @param student what the student reads
     * @param kind kind of the teacher's checkpoint
     * @param specs its tensors
     */
    Teacher(
            Job job,
            NDManager manager,
            FusionContext student,
            String kind,
            Function<FusionSize, List<ParameterSpec>> specs) {
        this.config = Role.teacher(job.config());
        TrainConfig.Fusion fusion = config.fusion().with(job.config().fusion().layout());
        this.context = new FusionContext(job, fusion, config.teaches());
        this.size = context.size();
        this.student = student.store("train");
        FeatureStore own = context.store("train");
        Alignment.requireSamePictures(this.student, own);
        this.pictures = context.pictures("train");
        try (FusionFile file = new FusionFile(RunFiles.fusion(job.run(), kind), kind)) {
            file.requireSize(size);
            for (Device device : job.devices()) {
                if (!parameters.containsKey(device)) {
                    Parameters copy = new Parameters(manager, device, specs.apply(size), new Seed(0));
                    file.load(copy);
                    parameters.put(device, copy);
                }
            }
        }
    }

    /** Width of its states. */
    int width() {
        return size.width();
    }

    /** Whether its tokens are the student's, one by one. */
    boolean aligned() {
        return config.aligned();
    }

    /**
     * The batch as the teacher sees it: the same words hidden in the same places, the same tags, the same boxes.
     *
     * @throws dev.glimpse.error.UserError when a box, score or class of a picture is not the student's
     */
    CaptionBatch sees(CaptionBatch batch) {
        List<RegionRow> regions = regions(batch.pictures(), batch.regions());
        int[][] tags = config.aligned()
                ? batch.tags()
                : Arrays.stream(batch.tagged()).mapToObj(pictures::tags).toArray(int[][]::new);
        return batch.seenAs(tags, regions);
    }

    /** As {@link #sees(CaptionBatch)}. */
    QuestionTask.Batch sees(QuestionTask.Batch batch) {
        return batch.seenAs(regions(batch.pictures(), batch.regions()));
    }

    private List<RegionRow> regions(int[] numbers, List<RegionRow> students) {
        List<RegionRow> regions = new ArrayList<>();
        for (int b = 0; b < numbers.length; b++) {
            RegionRow row = pictures.regions(numbers[b]);
            if (config.aligned()) {
                Alignment.requireSameRegions(student.imageId(numbers[b]), students.get(b), row);
            }
            regions.add(row);
        }
        return regions;
    }

    /** States of a batch that it {@link #sees}; what they came from is freed. */
    Fusion.Encoded encode(NDManager step, CaptionBatch seen) {
        return encode(step, (inner, fusion) -> FusionForward.encode(inner, fusion, context.layout(), seen));
    }

    /** States of questions that it {@link #sees}; what they came from is freed. */
    Fusion.Encoded encode(NDManager step, QuestionTask.Batch seen) {
        return encode(step, (inner, fusion) -> FusionForward.encode(inner, fusion, seen));
    }

    /** A forward pass whose intermediate arrays live in {@code inner}. */
    @FunctionalInterface
    private interface Pass {
        Fusion.Encoded encode(NDManager inner, Fusion fusion);
    }

    private Fusion.Encoded encode(NDManager step, Pass pass) {
        try (NDManager inner = step.newSubManager()) {
            Fusion.Encoded encoded = pass.encode(inner, fusion(inner));
            for (NDArray array : List.of(
                    encoded.states(),
                    encoded.attention(),
                    encoded.query(),
                    encoded.key(),
                    encoded.value(),
                    encoded.mask())) {
                array.attach(step);
            }
            return encoded;
        }
    }

    /** The transformer itself for one step, for its heads. */
    Fusion fusion(NDManager step) {
        Parameters mine = parameters.get(step.getDevice());
        if (mine == null) {
            throw new IllegalStateException("no copy of the teacher on " + step.getDevice());
        }
        return Fusion.evaluating(size, mine.constant(step));
    }

    @Override
    public void close() {
        parameters.values().forEach(Parameters::close);
        context.close();
    }
}
