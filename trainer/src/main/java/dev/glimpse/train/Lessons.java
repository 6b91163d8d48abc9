package dev.glimpse.train;

import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.size.FusionSize;
import java.util.List;
import java.util.Optional;

/**
 * What a training learns from a teacher, if it has one. {@link #close} frees the teacher, however the training ends.
 *
 * @param distiller empty where the student learns from the data alone
 */
record Lessons(Optional<Distiller> distiller) implements AutoCloseable {
    /** The student's tensors and those that only distillation trains. */
    List<ParameterSpec> with(List<ParameterSpec> specs, FusionSize student) {
        return distiller.map(d -> d.with(specs, student)).orElse(specs);
    }

    /** What belongs into the checkpoint beside the parameters. */
    List<Buffers> buffers() {
        return distiller.map(Distiller::buffers).orElse(List.of());
    }

    @Override
    public void close() {
        distiller.ifPresent(Distiller::close);
    }
}
