using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>
/// The definition that an ARN leads to: of the machine as it is, of a version, or of one that an alias shares executions to.
/// </summary>
internal static class MachineChoice
{
    /// <returns>The machine at the revision; the version, where the ARN names one or an alias; and the alias.</returns>
    /// <exception cref="AwsException">There is no such machine, version or alias.</exception>
    public static (StateMachineRecord Machine, string? Version, string? Alias) Of(StoreSession session, string arn, IRandomSource random)
    {
        var machineArn = QualifiedArn.MachineOf(arn);
        var machine = MachineTable.Find(session, machineArn) ?? throw Unknown(arn);
        if (QualifiedArn.QualifierOf(arn) is not { } qualifier)
        {
            return (machine, null, null);
        }

        var isVersion = int.TryParse(qualifier, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var versionArn = isVersion ? arn : Drawn(VersionTable.FindAlias(session, arn) ?? throw Unknown(arn), random);
        var version = VersionTable.Find(session, versionArn) ?? throw Unknown(versionArn);
        var kept = MachineTable.Find(session, machineArn, version.Revision) ?? throw Unknown(versionArn);
        return (kept with { Arn = machineArn, Name = machine.Name }, version.Arn, isVersion ? null : arn);
    }

    private static string Drawn(MachineAlias alias, IRandomSource random)
    {
        if (alias.Routes.Count == 1)
        {
            return alias.Routes[0].Version;
        }

        Span<byte> octets = stackalloc byte[4];
        random.Fill(octets);
        return BitConverter.ToUInt32(octets) % 100 < alias.Routes[0].Weight ? alias.Routes[0].Version : alias.Routes[1].Version;
    }

    private static AwsException Unknown(string arn) => new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
}
