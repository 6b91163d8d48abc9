package dev.glimpse.tensorrt;

import dev.glimpse.cuda.Gpu;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a plan depends on: the same key means that the plan may be used, any difference that the network is compiled anew.
 * The precision is part of the graph, and so of its digest.
 *
 * @param graph SHA-256 of the ONNX graph
 * @param tensorRt version of the library
 * @param driver version of the driver and its CUDA
 */
record PlanKey(String graph, String tensorRt, String driver, Gpu gpu, Batches batches) {
    static final String SUFFIX = ".plan";

    /** Changes with the way that plans are compiled. */
    private static final int RECIPE = 1;

    static PlanKey of(byte[] model, String tensorRt, String driver, Gpu gpu, Batches batches) {
        return new PlanKey(sha256(model), tensorRt, driver, gpu, batches);
    }

    /** Name of the plan's file. */
    String file() {
        return sha256(text("graph " + graph + "\nbatches " + batches.typical() + " " + batches.most())) + SUFFIX;
    }

    /** Name of the file that says why this network must not be used. */
    String refusal() {
        return file().replace(SUFFIX, ".refused");
    }

    /** Name of the file with the times measured while compiling, which all graphs of a machine share. */
    String timings() {
        return sha256(text("timings")) + ".timing";
    }

    private byte[] text(String of) {
        return "recipe %d\ntensorrt %s\ndriver %s\ngpu %s %s %d\n%s\n"
                .formatted(RECIPE, tensorRt, driver, gpu.name(), gpu.capability(), gpu.bytes(), of)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
