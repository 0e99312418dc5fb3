using System.CommandLine.Parsing;
using FairShare.Core.Errors;

namespace FairShare.Cli.Commands;

/// <summary>What is wrong with an option, in words of people and not of types.</summary>
internal static class OptionErrors
{
    private static readonly Type[] Numbers = [typeof(int), typeof(long)];

    public static string Describe(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [var value] } result
        && Numbers.Contains(Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType)
            ? $"{result.Option.Name} {RefusedText.Of(value.Value)} is not a whole number."
            : error.Message;
}
