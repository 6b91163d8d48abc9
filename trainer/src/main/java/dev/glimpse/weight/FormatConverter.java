package dev.glimpse.weight;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a format as it is typed, such as {@code hf-bert}. */
final class FormatConverter implements ITypeConverter<WeightFormat> {
    @Override
    public WeightFormat convert(String text) {
        return Arrays.stream(WeightFormat.values())
                .filter(format -> name(format).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Arrays.stream(WeightFormat.values())
                                .map(FormatConverter::name)
                                .toList()
                        + ", found '" + text + "'"));
    }

    private static String name(WeightFormat format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
