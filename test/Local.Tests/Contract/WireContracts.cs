namespace FairShare.Local.Tests.Contract;

/// <summary>The queue contract, put to the embedded host over HTTP.</summary>
public sealed class HostQueueContract : QueueContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.HostAsync();
}

/// <summary>The queue contract, put to the embedded host by the AWS CLI.</summary>
public sealed class CliQueueContract : QueueContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.CliAsync();
}

/// <summary>The queue contract, put to moto.</summary>
public sealed class MotoQueueContract : QueueContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.MotoAsync();
}

/// <summary>The event contract, put to the embedded host over HTTP.</summary>
public sealed class HostEventContract : EventContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.HostAsync();
}

/// <summary>The event contract, put to the embedded host by the AWS CLI.</summary>
public sealed class CliEventContract : EventContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.CliAsync();
}

/// <summary>The event contract, put to moto.</summary>
public sealed class MotoEventContract : EventContract
{
    protected override bool HonoursInputPath => false;

    protected override Task<IContractTarget> StartAsync() => WireTargets.MotoAsync();
}

/// <summary>The workflow contract, put to the embedded host over HTTP.</summary>
public sealed class HostWorkflowContract : WorkflowContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.HostAsync();
}

/// <summary>The workflow contract, put to the embedded host by the AWS CLI.</summary>
public sealed class CliWorkflowContract : WorkflowContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.CliAsync();
}

/// <summary>The workflow contract, put to moto, whose interpreter has to be switched on.</summary>
public sealed class MotoWorkflowContract : WorkflowContract
{
    protected override Task<IContractTarget> StartAsync() => WireTargets.MotoAsync();
}
