package dev.glimpse.weight;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse import weights}. */
@Command(
        name = "weights",
        description = {
            "Weights that others trained, from a safetensors file, to our names (start in the settings of a run).",
            "A tensor whose name is not known is an error."
        })
public final class WeightsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAMES",
            converter = FormatConverter.class,
            description = "Whose names: hf-bert (BERT, MiniLM), oscar, resnet (torchvision, timm),"
                    + " torchvision-efficientnet-b0, timm-efficientnet-b0.")
    private WeightFormat format = WeightFormat.HF_BERT;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "Their safetensors file.")
    private Path from = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        WeightImport.Result result = WeightImport.read(from, format);
        WeightImport.write(out, from, format, result);
        PrintWriter print = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        print.printf("%,d tensors, %,d numbers: %s%n", result.tensors().size(), result.numbers(), out);
        if (!result.ignored().isEmpty()) {
            print.printf(
                    "left alone: %d that this network has not, such as %s%n",
                    result.ignored().size(), result.ignored().get(0));
        }
        print.flush();
        return 0;
    }
}
