namespace TemplateHost.StepFunctions.Model;

/// <summary>The ARN of a state machine, with or without a version or an alias behind its name.</summary>
internal static class QualifiedArn
{
    private const int Parts = 7;

    /// <summary>The machine's own ARN.</summary>
    public static string MachineOf(string arn) => string.Join(':', arn.Split(':').Take(Parts));

    /// <summary>The version or the alias; null for neither.</summary>
    public static string? QualifierOf(string arn) => arn.Split(':').ElementAtOrDefault(Parts);
}
