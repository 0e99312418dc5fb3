using System.Globalization;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>Which of the store's keys for one purpose is in use: the first one, or one that took the place of another.</summary>
/// <param name="Number">1 for the key that the first deployment made; each further one is a key of its own.</param>
/// <param name="Previous">The ARN of the KMS key that it follows; null where nobody is to be told that it does.</param>
public sealed record StoreKeyGeneration(int Number, string? Previous)
{
    /// <summary>The key that the first deployment made.</summary>
    public static StoreKeyGeneration First { get; } = new(1, null);

    /// <summary>Reads <c>-c GENERATION=NUMBER -c PREVIOUS=ARN</c>.</summary>
    /// <param name="node">The context.</param>
    /// <param name="generation">The name of the number.</param>
    /// <param name="previous">The name of the former key.</param>
    /// <exception cref="ArgumentException">A previous key of the first.</exception>
    public static StoreKeyGeneration FromContext(Node node, string generation, string previous)
    {
        var number = int.Parse(DeploymentContext.Text(node, generation) ?? "1", CultureInfo.InvariantCulture);
        var former = DeploymentContext.Text(node, previous);
        return former is not null && number == 1
            ? throw new ArgumentException($"Context '{previous}' stands beside a '{generation}' from 2 on.", nameof(node))
            : new(number, former);
    }

    /// <summary>The name of what belongs to this key alone: the first keeps the plain one.</summary>
    public string Of(string name) => Number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{Number}");
}
