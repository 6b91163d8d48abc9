package dev.glimpse.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * What one picture costs a teacher or a student.
 *
 * @param size parameters and multiply-adds
 * @param regions found in the picture that the times are of
 * @param detect time for the picture's regions
 * @param caption time for a caption of them
 */
record Cost(Networks.Size size, int regions, Times detect, Times caption) {
    /** Medians of both, in milliseconds of processor time. */
    double milliseconds() {
        return detect.median() + caption.median();
    }

    /** Measures two in turns, so that whatever else the machine does meets both. Each first runs once unmeasured. */
    static List<Cost> measure(List<Networks> some, int words, int repeats) {
        List<Integer> regions = new ArrayList<>();
        List<List<Times.Run>> detect = new ArrayList<>();
        List<List<Times.Run>> caption = new ArrayList<>();
        for (Networks networks : some) {
            regions.add(networks.detect());
            networks.caption(words);
            detect.add(new ArrayList<>());
            caption.add(new ArrayList<>());
        }
        for (int r = 0; r < repeats; r++) {
            for (int i = 0; i < some.size(); i++) {
                detect.get(i).add(Times.Run.of(some.get(i)::detect));
            }
            for (int i = 0; i < some.size(); i++) {
                Networks networks = some.get(i);
                caption.get(i).add(Times.Run.of(() -> networks.caption(words)));
            }
        }
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            costs.add(new Cost(some.get(i).size(), regions.get(i), Times.of(detect.get(i)), Times.of(caption.get(i))));
        }
        return costs;
    }
}
