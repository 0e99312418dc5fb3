namespace TemplateHost.Testing.Fuzzing;

/// <summary>An input that something fails on, with the seed that draws it again.</summary>
public sealed class FuzzFindingException(string message, Exception? fault = null) : Exception(message, fault);
