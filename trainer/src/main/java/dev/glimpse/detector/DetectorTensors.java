package dev.glimpse.detector;

import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.DetectorSize;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names and shapes of every tensor of a detector, in the order of docs/networks.md.
 *
 * @param parameters what is trained
 * @param statistics running means and variances of the batch norms, and scale and shift of frozen ones
 */
public record DetectorTensors(List<ParameterSpec> parameters, List<ParameterSpec> statistics) {
    public DetectorTensors {
        parameters = List.copyOf(parameters);
        statistics = List.copyOf(statistics);
    }

    /** Of the student. */
    public static DetectorTensors of(DetectorSize size) {
        return TeeTensors.of(size);
    }

    /** Of the teacher. */
    public static DetectorTensors of(C4Size size) {
        return C4Tensors.of(size);
    }

    /** Numbers of a checkpoint: trained ones and running statistics. */
    public long count() {
        return Stream.concat(parameters.stream(), statistics.stream())
                .mapToLong(p -> p.shape().size())
                .sum();
    }
}
