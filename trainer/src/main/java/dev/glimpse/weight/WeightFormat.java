package dev.glimpse.weight;

import static dev.glimpse.weight.WeightRule.linear;
import static dev.glimpse.weight.WeightRule.pointwise;
import static dev.glimpse.weight.WeightRule.same;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose names a file of weights has. Each is a table from their names to ours, and a list of what is left alone on purpose; a
 * name that is in neither is an error.
 */
public enum WeightFormat {
    /** BERT and MiniLM as Hugging Face's {@code BertModel}, {@code BertForMaskedLM} or {@code BertForPreTraining} name them. */
    HF_BERT(
            bert(),
            List.of(
                    "(bert\\.)?embeddings\\.position_ids",
                    "cls\\.predictions\\.decoder\\.(weight|bias)",
                    "cls\\.seq_relationship\\.(weight|bias)")),
    /** OSCAR and OSCAR+: BERT, and the embedding of regions. Their heads for matching and answers have other classes than ours. */
    OSCAR(
            oscar(),
            List.of(
                    "(bert\\.)?embeddings\\.position_ids",
                    "cls\\.predictions\\.decoder\\.(weight|bias)",
                    "cls\\.seq_relationship\\.(weight|bias)",
                    "classifier\\.(weight|bias)")),
    /** ResNet with bottlenecks as torchvision and timm name it. */
    RESNET(resnet(), List.of(".*\\.num_batches_tracked", "fc\\.(weight|bias)")),
    /** EfficientNet-B0 as torchvision names it. */
    TORCHVISION_EFFICIENTNET_B0(
            torchvisionEfficientNet(),
            List.of(".*\\.num_batches_tracked", "features\\.8\\..*", "classifier\\.1\\.(weight|bias)")),
    /** EfficientNet-B0 as timm names it. */
    TIMM_EFFICIENTNET_B0(
            timmEfficientNet(),
            List.of(".*\\.num_batches_tracked", "conv_head\\.weight", "bn2\\..*", "classifier\\.(weight|bias)"));

    private final List<WeightRule> rules;
    private final List<Pattern> ignored;

    WeightFormat(List<WeightRule> rules, List<String> ignored) {
        this.rules = rules;
        this.ignored = ignored.stream().map(Pattern::compile).toList();
    }

    /** Lines of the table, in the order in which they are tried. */
    List<WeightRule> rules() {
        return rules;
    }

    /** Whether the batch norms of our network add another number to the variance than theirs. */
    boolean normsDiffer() {
        return this == TORCHVISION_EFFICIENTNET_B0 || this == TIMM_EFFICIENTNET_B0;
    }

    /** Whether a tensor is left alone on purpose. */
    boolean ignores(String name) {
        return ignored.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static List<WeightRule> bert() {
        String layer = "(?:bert\\.)?encoder\\.layer\\.(\\d+)\\.";
        List<WeightRule> rules = new ArrayList<>();
        rules.add(same("(?:bert\\.)?embeddings\\.word_embeddings\\.weight", "embeddings.word.weight"));
        rules.add(same("(?:bert\\.)?embeddings\\.position_embeddings\\.weight", "embeddings.position.weight"));
        rules.add(same("(?:bert\\.)?embeddings\\.token_type_embeddings\\.weight", "embeddings.segment.weight"));
        norm(rules, "(?:bert\\.)?embeddings\\.LayerNorm", "embeddings.norm");
        weightAndBias(rules, layer + "attention\\.self\\.(query|key|value)", "layer{1}.attention.{2}");
        weightAndBias(rules, layer + "attention\\.output\\.dense", "layer{1}.attention.output");
        norm(rules, layer + "attention\\.output\\.LayerNorm", "layer{1}.attention.norm");
        weightAndBias(rules, layer + "intermediate\\.dense", "layer{1}.ffn.in");
        weightAndBias(rules, layer + "output\\.dense", "layer{1}.ffn.out");
        norm(rules, layer + "output\\.LayerNorm", "layer{1}.ffn.norm");
        weightAndBias(rules, "(?:bert\\.)?pooler\\.dense", "pooler");
        weightAndBias(rules, "cls\\.predictions\\.transform\\.dense", "word.transform");
        norm(rules, "cls\\.predictions\\.transform\\.LayerNorm", "word.norm");
        rules.add(same("cls\\.predictions\\.bias", "word.bias"));
        return rules;
    }

    private static List<WeightRule> oscar() {
        List<WeightRule> rules = new ArrayList<>(bert());
        weightAndBias(rules, "bert\\.img_embedding", "region.projection");
        norm(rules, "bert\\.LayerNorm", "region.norm");
        return rules;
    }

    private static List<WeightRule> resnet() {
        String block = "layer([1-4])\\.(\\d+)\\.";
        String ours = "backbone.stage{1+1}.block{2+1}.";
        List<WeightRule> rules = new ArrayList<>();
        rules.add(same("conv1\\.weight", "backbone.stem.conv.weight"));
        batchNorm(rules, "bn1", "backbone.stem.norm");
        rules.add(same(block + "conv([123])\\.weight", ours + "conv{3}.weight"));
        batchNorm(rules, block + "bn([123])", ours + "norm{3}");
        rules.add(same(block + "downsample\\.0\\.weight", ours + "shortcut.conv.weight"));
        batchNorm(rules, block + "downsample\\.1", ours + "shortcut.norm");
        return rules;
    }

    private static List<WeightRule> torchvisionEfficientNet() {
        String first = "features\\.(1)\\.(0)\\.block\\."; // the stage that does not expand
        String other = "features\\.([2-7])\\.(\\d)\\.block\\.";
        String ours = "backbone.stage{1}.block{2+1}.";
        List<WeightRule> rules = new ArrayList<>();
        convolutionNorm(rules, "features\\.0\\.0", "features\\.0\\.1", "backbone.stem");
        convolutionNorm(rules, first + "0\\.0", first + "0\\.1", ours + "depthwise");
        squeeze(rules, first + "1\\.fc1", first + "1\\.fc2", ours);
        convolutionNorm(rules, first + "2\\.0", first + "2\\.1", ours + "project");
        convolutionNorm(rules, other + "0\\.0", other + "0\\.1", ours + "expand");
        convolutionNorm(rules, other + "1\\.0", other + "1\\.1", ours + "depthwise");
        squeeze(rules, other + "2\\.fc1", other + "2\\.fc2", ours);
        convolutionNorm(rules, other + "3\\.0", other + "3\\.1", ours + "project");
        return rules;
    }

    private static List<WeightRule> timmEfficientNet() {
        String first = "blocks\\.(0)\\.(0)\\.";
        String other = "blocks\\.([1-6])\\.(\\d)\\.";
        String ours = "backbone.stage{1+1}.block{2+1}.";
        List<WeightRule> rules = new ArrayList<>();
        convolutionNorm(rules, "conv_stem", "bn1", "backbone.stem");
        convolutionNorm(rules, first + "conv_dw", first + "bn1", ours + "depthwise");
        squeeze(rules, first + "se\\.conv_reduce", first + "se\\.conv_expand", ours);
        convolutionNorm(rules, first + "conv_pw", first + "bn2", ours + "project");
        convolutionNorm(rules, other + "conv_pw", other + "bn1", ours + "expand");
        convolutionNorm(rules, other + "conv_dw", other + "bn2", ours + "depthwise");
        squeeze(rules, other + "se\\.conv_reduce", other + "se\\.conv_expand", ours);
        convolutionNorm(rules, other + "conv_pwl", other + "bn3", ours + "project");
        return rules;
    }

    private static void weightAndBias(List<WeightRule> rules, String theirs, String ours) {
        rules.add(linear(theirs + "\\.weight", ours + ".weight"));
        rules.add(same(theirs + "\\.bias", ours + ".bias"));
    }

    /** Layer norm; the first releases of BERT say gamma and beta. */
    private static void norm(List<WeightRule> rules, String theirs, String ours) {
        rules.add(same(theirs + "\\.(?:weight|gamma)", ours + ".weight"));
        rules.add(same(theirs + "\\.(?:bias|beta)", ours + ".bias"));
    }

    private static void batchNorm(List<WeightRule> rules, String theirs, String ours) {
        Stream.of("weight:weight", "bias:bias", "running_mean:mean", "running_var:variance")
                .map(pair -> pair.split(":"))
                .forEach(pair -> rules.add(same(theirs + "\\." + pair[0], ours + "." + pair[1])));
    }

    private static void convolutionNorm(List<WeightRule> rules, String convolution, String norm, String ours) {
        rules.add(same(convolution + "\\.weight", ours + ".conv.weight"));
        batchNorm(rules, norm, ours + ".norm");
    }

    private static void squeeze(List<WeightRule> rules, String reduce, String expand, String ours) {
        rules.add(pointwise(reduce + "\\.weight", ours + "squeeze.reduce.weight"));
        rules.add(same(reduce + "\\.bias", ours + "squeeze.reduce.bias"));
        rules.add(pointwise(expand + "\\.weight", ours + "squeeze.expand.weight"));
        rules.add(same(expand + "\\.bias", ours + "squeeze.expand.bias"));
    }
}
