package dev.glimpse.run;

import static dev.glimpse.error.UserError.require;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.List;
import java.util.stream.Stream;

/** The devices that {@code --device} names. */
public final class Devices {
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
        require(
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
            require(
                    device.getDeviceId() < present,
                    "--device %s: this machine shows %d CUDA GPUs; use --device cpu, or check the driver with nvidia-smi",
                    text,
                    present);
        }
        return devices;
    }
}
