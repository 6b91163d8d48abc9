package dev.glimpse.captioner;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.tensorrt.Trial;

/** A network passes when it computes the golden outputs of its graph, as far as the precision allows on another engine. */
record GoldenTrial(Bundle bundle) implements Trial {
    @Override
    public void run(String name, Network network, Engine engine) {
        for (String file : bundle.manifest().files().keySet()) {
            if (file.startsWith(Bundle.GOLDEN)) {
                Golden golden = bundle.golden(file);
                if (bundle.path(golden.graph()).toString().equals(name)) {
                    GoldenCheck.compare(
                            network,
                            engine,
                            file,
                            golden,
                            tolerance(golden, bundle.manifest().precision()));
                }
            }
        }
    }

    /** Largest difference allowed: what the golden run says, and at least what another order of sums may cost. */
    static double tolerance(Golden golden, String precision) {
        return Math.max(golden.tolerance(), precision.equals("fp32") ? 1e-3 : 2e-2);
    }
}
