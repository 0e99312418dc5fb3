using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Storage;

namespace TemplateHost.ApiGateway;

/// <summary>The API that is served, with all its parts.</summary>
internal sealed record ApiSnapshot(
    Api Api,
    Stage Stage,
    List<Route> Routes,
    List<Integration> Integrations,
    List<JwtAuthorizer> Authorizers
)
{
    /// <summary>The one API that has a stage; null when the template has none.</summary>
    public static ApiSnapshot? Read(StoreSession session)
    {
        var api = ApiTable.ListAll<Api>(session).Find(candidate => ApiTable.List<Stage>(session, candidate.Id).Count > 0);
        return api is null
            ? null
            : new ApiSnapshot(
                api,
                ApiTable.List<Stage>(session, api.Id)[0],
                ApiTable.List<Route>(session, api.Id),
                ApiTable.List<Integration>(session, api.Id),
                ApiTable.List<JwtAuthorizer>(session, api.Id)
            );
    }
}
