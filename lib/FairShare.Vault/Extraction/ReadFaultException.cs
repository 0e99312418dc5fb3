namespace FairShare.Vault.Extraction;

/// <summary>Carries what the source of an extraction threw past those who name faults of the disk.</summary>
internal sealed class ReadFaultException(Exception fault) : Exception(fault.Message, fault)
{
    /// <summary>What the source threw.</summary>
    public Exception Fault { get; } = fault;
}
