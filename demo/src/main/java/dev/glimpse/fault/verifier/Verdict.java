package dev.glimpse.fault.verifier;

import java.util.List;

/**
 * What a verifier has seen.
 *
 * @param frames frames in the topic
 * @param captions frames with a caption; likewise skipped, rejected
 * @param lost frames without an outcome
 * @param duplicated outcomes of a frame that had one
 * @param reordered outcomes that stand before an earlier frame's of the same camera in the same topic
 * @param wrongTopic records that were meant for another topic, or stand for frames of another topic
 * @param wrongCamera outcomes that name another camera than their frame's, in the key or in the value
 * @param wrongModel outcomes of another model
 * @param wrongPicture captions that belong to another picture
 * @param wrongKind captions of what must be rejected, and rejections of what can be captioned
 * @param unknown outcomes of offsets where no frame is
 * @param unreadable records that keep to no schema, and headers that are not ours
 * @param examples the first breaches, in words
 */
public record Verdict(
        long frames,
        long captions,
        long skipped,
        long rejected,
        long lost,
        long duplicated,
        long reordered,
        long wrongTopic,
        long wrongCamera,
        long wrongModel,
        long wrongPicture,
        long wrongKind,
        long unknown,
        long unreadable,
        List<String> examples) {
    public Verdict {
        examples = List.copyOf(examples);
    }

    /** Breaches of every kind together. */
    public long breaches() {
        return lost
                + duplicated
                + reordered
                + wrongTopic
                + wrongCamera
                + wrongModel
                + wrongPicture
                + wrongKind
                + unknown
                + unreadable;
    }
}
