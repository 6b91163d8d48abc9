package dev.glimpse.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.glimpse.error.UserError;
import dev.glimpse.parameter.Precision;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The devices that {@code --device} names. */
public final class Devices {
    /** What PyTorch asks when it starts. */
    static final String TF32 = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

    private Devices() {}

    /**
     * Reads {@code cpu}, {@code gpu} (the first one) or {@code gpu:0,1}; the first device of the list owns the parameters.
     *
     * @throws dev.glimpse.error.UserError when the text is none of these or a GPU is not there
     */
    public static List<Device> parse(String text) {
        System.setProperty("OPT_OUT_TRACKING", "true"); // DJL else reports its use when it starts
        if (text.equals("cpu")) {
            return List.of(Device.cpu());
        }
        UserError.require(
                text.matches("gpu(:\\d{1,3}(,\\d{1,3})*)?"),
                "--device: expected cpu, gpu, or gpu:0,1 with the numbers of GPUs, found '%s'",
                text);
        int present = Engine.getInstance().getGpuCount();
        List<Device> devices = text.equals("gpu")
                ? List.of(Device.gpu(0))
                : Stream.of(text.substring(4).split(","))
                        .map(n -> Device.gpu(Integer.parseInt(n)))
                        .toList();
        for (Device device : devices) {
            UserError.require(
                    device.getDeviceId() < present,
                    "--device %s: this machine shows %d CUDA GPUs; use --device cpu, or check the driver with nvidia-smi",
                    text,
                    present);
        }
        return devices;
    }

    /**
     * Requires that the devices can compute as asked.
     *
     * @param tf32 whether 32-bit products may be rounded; PyTorch reads that from the environment when it starts
     * @throws dev.glimpse.error.UserError when they cannot
     */
    public static void require(
            List<Device> devices, Precision precision, boolean tf32, Map<String, String> environment) {
        UserError.require(
                precision == Precision.FP32 || devices.stream().allMatch(Device::isGpu),
                "--precision fp16 needs a GPU: a CPU is slower in 16 bits than in 32, and as exact only in 32. Add --device "
                        + "gpu, or leave --precision out.");
        UserError.require(
                !tf32 || "1".equals(environment.get(TF32)),
                "--tf32: expected the environment variable %s=1, which the launcher ./glimpse sets; start with it, or set it",
                TF32);
    }
}
