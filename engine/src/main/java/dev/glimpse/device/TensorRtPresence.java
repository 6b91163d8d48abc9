package dev.glimpse.device;

import dev.glimpse.cuda.Driver;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.error.UserError;
import dev.glimpse.tensorrt.TensorRtLibrary;
import java.util.Optional;

/**
 * Whether this machine can run TensorRT.
 *
 * @param missing what is not there, and what to do; empty when all is there
 * @param version of TensorRT, empty where it is missing
 * @param device GPU and driver, empty where they are missing
 */
public record TensorRtPresence(Optional<String> missing, String version, String device) {
    /**
     * Looks for the driver, then for a GPU, then for the library, and stops at the first that is missing. Without a driver no
     * class of CUDA or TensorRT is loaded.
     */
    public static TensorRtPresence find() {
        String device = "";
        try {
            Driver driver = Driver.find();
            device = driver.gpus().get(0) + ", driver " + driver.version();
            return new TensorRtPresence(Optional.empty(), TensorRtLibrary.version(), device);
        } catch (UserError | DeviceException e) {
            return new TensorRtPresence(Optional.of(String.valueOf(e.getMessage())), "", device);
        }
    }
}
