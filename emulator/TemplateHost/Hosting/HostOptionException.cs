namespace TemplateHost.Hosting;

/// <summary>A host cannot start with what an option says: a port or a directory that is bad or taken.</summary>
/// <param name="option">The member of <see cref="EmbeddedHostOptions"/>.</param>
/// <param name="message">What is wrong, naming the value.</param>
/// <param name="cause">What the system said; null where it was not asked.</param>
public sealed class HostOptionException(string option, string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>The member of <see cref="EmbeddedHostOptions"/> that another value may help.</summary>
    public string Option { get; } = option;
}
