package dev.glimpse.metric.vqa;

/** Which version of the challenge's program to agree with: they differ in what is normalised before comparing. */
public enum Normalisation {
    /** Since 2021: answers and prediction, and only where the people's answers differ. */
    REFERENCE,
    /** 2015 to 2021: the prediction always; of differing answers only the punctuation. */
    ALWAYS
}
