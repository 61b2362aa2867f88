using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>Attributes by the simple name of their type, wherever that is defined.</summary>
internal sealed class AttributeNames(MetadataReader metadata)
{
    private readonly Dictionary<EntityHandle, string> _names = [];

    public string Of(CustomAttributeHandle handle)
    {
        var constructor = metadata.GetCustomAttribute(handle).Constructor;
        if (!_names.TryGetValue(constructor, out var name)) _names.Add(constructor, name = OfConstructor(constructor));
        return name;
    }

    private string OfConstructor(EntityHandle constructor)
    {
        var type = constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default(EntityHandle),
        };
        return type.Kind switch
        {
            HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };
    }
}
